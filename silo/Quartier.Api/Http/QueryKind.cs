namespace Quartier.Api.Http;

/// <summary>What a <see cref="QueryParameter"/> holds.</summary>
internal enum QueryKind : byte
{
    /// <summary>Any text, up to its greatest length.</summary>
    Text,

    /// <summary>A whole number between its limits.</summary>
    Whole,

    /// <summary>An instant, ISO 8601 with an offset or Z.</summary>
    Instant,

    /// <summary>One of a few words.</summary>
    Word,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,
}
