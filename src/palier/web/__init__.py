"""The site: doors of Django on the engines, the tables and the law."""
