"""What is kept between runs: results that need not be made again."""
