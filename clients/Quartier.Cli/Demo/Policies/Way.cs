namespace Quartier.Cli.Demo.Policies;

/// <summary>By which way data are asked for.</summary>
internal enum Way
{
    /// <summary>A GET of the API.</summary>
    Api,

    /// <summary>A GET of what is published.</summary>
    Open,

    /// <summary>A GET of an export.</summary>
    Export,

    /// <summary>A line of server-sent events: a reading is sent, and its sensor must or must not be named.</summary>
    Live,

    /// <summary>The same, and then the key is revoked: the line must end.</summary>
    LiveEnds,

    /// <summary>An MQTT subscription: a reading is sent, and must or must not arrive.</summary>
    Mqtt,
}
