"""From readings to element results and statuses."""
