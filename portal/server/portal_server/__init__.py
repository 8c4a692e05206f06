"""The process behind the gateway's `/`: the built portal, with the headers that keep it safe."""
