"""stub"""
class Glued: pass
def read_glued(): pass
def write_glued(): pass
