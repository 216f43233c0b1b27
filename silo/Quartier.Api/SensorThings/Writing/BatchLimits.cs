namespace Quartier.Api.SensorThings.Writing;

/// <summary>What a batch may hold and answer.</summary>
internal static class BatchLimits
{
    /// <summary>Requests of one batch: as many as a page has entities.</summary>
    public const int MaxRequests = 1_000;

    /// <summary>Bytes of all answers together: they wait in memory until the last one is there.</summary>
    public const int MaxAnswerBytes = 32 * 1024 * 1024;

    /// <summary>Headers of one request.</summary>
    public const int MaxHeaders = 32;
}
