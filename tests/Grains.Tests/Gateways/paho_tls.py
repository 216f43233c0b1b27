"""Publishes one reading with Eclipse Paho for Python over TLS. Arguments: port, transport (tcp or websockets), authority, user name, password, certificate, key."""
import ssl
import sys

import paho.mqtt.client as mqtt

port, transport, authority, user, password, certificate, key = sys.argv[1:8]
api = getattr(mqtt, "CallbackAPIVersion", None)
arguments = {"client_id": "paho", "protocol": mqtt.MQTTv311, "transport": transport}
client = mqtt.Client(api.VERSION1, **arguments) if api else mqtt.Client(**arguments)
client.tls_set(ca_certs=authority, certfile=certificate or None, keyfile=key or None, tls_version=ssl.PROTOCOL_TLS_CLIENT)
if user:
    client.username_pw_set(user, password)
if transport == "websockets":
    client.ws_set_options(path="/mqtt")
client.connect("localhost", int(port))
client.loop_start()
info = client.publish("v1/town/g/s", '{"v": 1}', qos=1)
info.wait_for_publish()
client.disconnect()
print("published")
