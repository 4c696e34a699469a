"""What office formats share: packages of XML parts and what they say of themselves."""
