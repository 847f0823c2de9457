"""What was published: the places that publish and the readers of what they bring.

The bottom floor. It knows nothing of promises, people or storage: it turns bytes from outside
into the nouns of `sources.document`.
"""
