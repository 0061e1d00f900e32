"""The checks of one offer, by theme; each gives its faults one by one."""
