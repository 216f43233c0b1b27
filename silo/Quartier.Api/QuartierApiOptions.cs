namespace Quartier.Api;

/// <summary>What the API has to be told.</summary>
public sealed class QuartierApiOptions
{
    /// <summary>The directory whose disk <c>/health</c> watches; null when the store has none.</summary>
    public string? DataDirectory { get; set; }

    /// <summary>With less free space, in bytes, <c>/health</c> says <c>degraded</c>. Default 1 GiB: hours of a city's readings.</summary>
    public long DiskFreeLeastBytes { get; set; } = 1024L * 1024 * 1024;
}
