"""Running text with headings, links, pictures and figures: kept as safe HTML, shown with the values of the day."""
