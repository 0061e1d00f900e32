"""What the pages of the commission read; call inside a perimeter that sees it."""
