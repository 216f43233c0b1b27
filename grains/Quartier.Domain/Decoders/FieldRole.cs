namespace Quartier.Domain.Decoders;

/// <summary>What a place in a message is.</summary>
internal enum FieldRole
{
    /// <summary>Holds others.</summary>
    Inner = 0,

    /// <summary>A property's value.</summary>
    Value = 1,

    /// <summary>When it was measured.</summary>
    Time = 2,

    /// <summary>The device's own name: must be the topic's.</summary>
    Device = 3,

    /// <summary>The format's own machinery: passed over without a look.</summary>
    Known = 4,

    /// <summary>Passed over, but for what identifies somebody.</summary>
    Ignored = 5,
}
