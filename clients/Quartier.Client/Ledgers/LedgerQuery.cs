namespace Quartier.Client.Ledgers;

/// <summary>Which entries to list; null parts match all.</summary>
public sealed record LedgerQuery
{
    /// <summary>Of this kind.</summary>
    public string? Kind { get; init; }

    /// <summary>By this reference or pseudonym.</summary>
    public string? Who { get; init; }

    /// <summary>In this district.</summary>
    public string? District { get; init; }

    /// <summary>For this purpose.</summary>
    public string? Purpose { get; init; }

    /// <summary>Naming this stream.</summary>
    public string? Stream { get; init; }
}
