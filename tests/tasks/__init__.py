"""What a newcomer, a journalist and a researcher want done, done as they would do it.

Each test is one task, said in Indonesian as that person would say it, and done through the page,
the API or the command line over one small archive that was made up for it. What is right is counted
from the articles themselves.
"""
