namespace Quartier.Contracts.Readings;

/// <summary>Why something that arrived was not stored. Each appears in the books under its kebab-case name.</summary>
public enum RefusalReason : byte
{
    /// <summary>The topic is not <c>v1/{city}/{gateway}/{sensor}</c>, and none that the gateway's decoder knows.</summary>
    BadTopic = 1,

    /// <summary>The registry knows no such city.</summary>
    UnknownCity = 2,

    /// <summary>The registry knows no such gateway in the city.</summary>
    UnknownGateway = 3,

    /// <summary>The registry knows no such sensor behind the gateway.</summary>
    UnknownSensor = 4,

    /// <summary>The payload is neither of the accepted formats. Counts as one per message.</summary>
    BadPayload = 5,

    /// <summary>A property that the sensor's definition does not list.</summary>
    UnknownProperty = 6,

    /// <summary>A value that is not a finite number, or a label without a code in the definition.</summary>
    BadValue = 7,

    /// <summary>A time that cannot be read or lies outside 2000-01-01 … 2200-01-01.</summary>
    BadTime = 8,

    /// <summary>Ahead of the silo's clock by more than a day.</summary>
    FutureTime = 9,

    /// <summary>Older than the datastream's retention: it would expire on arrival.</summary>
    Expired = 10,

    /// <summary>Decoded against an older registry version; the endpoint decodes again, so the books never show it.</summary>
    StaleDefinition = 11,

    /// <summary>The message holds more samples than one message may (10,000).</summary>
    TooMany = 12,

    /// <summary>A field that identifies a person or a device that a person carries, by its value or by its name. The value is kept nowhere.</summary>
    PersonalIdentifier = 13,

    /// <summary>A gateway published or subscribed outside of its own topics, or somebody published for a gateway that has a credential without using it.</summary>
    ForeignTopic = 15,
}
