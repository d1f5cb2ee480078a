"""The member area: what is asked of somebody, what is open to them, and why."""
