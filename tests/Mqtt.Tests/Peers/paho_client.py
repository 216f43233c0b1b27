"""Drives the endpoint with Eclipse Paho for Python; prints what it saw. Arguments: port, protocol (311 or 5)."""
import sys
import threading

import paho.mqtt.client as mqtt
from paho.mqtt.properties import Properties
from paho.mqtt.packettypes import PacketTypes

port, version = int(sys.argv[1]), sys.argv[2]
five = version == "5"
done = threading.Event()
subscribed = threading.Event()
seen = []


def on_subscribe(client, userdata, mid, granted, properties=None):
    print("granted", [int(getattr(g, "value", g)) for g in granted])
    subscribed.set()


def on_message(client, userdata, message):
    user = getattr(message.properties, "UserProperty", []) if five else []
    seen.append((message.topic, message.payload.decode(), message.qos, user))
    if len(seen) == 3:
        done.set()


def make(client_id):
    protocol = mqtt.MQTTv5 if five else mqtt.MQTTv311
    api = getattr(mqtt, "CallbackAPIVersion", None)
    return mqtt.Client(api.VERSION1, client_id, protocol=protocol) if api else mqtt.Client(client_id, protocol=protocol)


subscriber = make("paho-subscriber")
subscriber.on_subscribe = on_subscribe
subscriber.on_message = on_message
subscriber.connect("127.0.0.1", port)
subscriber.loop_start()
subscriber.subscribe([("v1/+/paho", 2)] if not five else "v1/+/paho", **({"qos": 2} if five else {}))
assert subscribed.wait(30), "no SUBACK"

publisher = make("paho-publisher")
publisher.connect("127.0.0.1", port)
publisher.loop_start()
for qos in range(3):
    properties = None
    if five:
        properties = Properties(PacketTypes.PUBLISH)
        properties.UserProperty = ("qos", str(qos))
    info = publisher.publish("v1/a/paho", f"m{qos}", qos=qos, properties=properties)
    info.wait_for_publish()

assert done.wait(30), f"only {seen}"
for topic, payload, qos, user in sorted(seen, key=lambda entry: entry[1]):
    print(topic, payload, qos, user)
publisher.disconnect()
subscriber.disconnect()
