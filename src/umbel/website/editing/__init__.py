"""What the communications officer edits on the site: pages, menu, front page, colours, languages, redirects, links."""
