"""Who is this, where do they belong, and what may they do?"""
