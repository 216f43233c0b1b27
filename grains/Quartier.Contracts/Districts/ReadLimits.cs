namespace Quartier.Contracts.Districts;

/// <summary>Bounds of what is asked of a district at once.</summary>
public static class ReadLimits
{
    /// <summary>Most datastreams in one call of <see cref="IDistrictGrain.AuthorizeMany"/>: decided within some milliseconds, so that no other call waits long.</summary>
    public const int MaxStreams = 10_000;
}
