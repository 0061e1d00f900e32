"""From what queries return to the parts of a page: words in the language of the page, no computation."""
