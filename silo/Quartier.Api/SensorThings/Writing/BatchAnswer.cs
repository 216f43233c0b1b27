namespace Quartier.Api.SensorThings.Writing;

/// <summary>The answer to one request of a batch.</summary>
/// <param name="Id">The request's.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">Those that tell something about the answer.</param>
/// <param name="Body">The body; empty without one.</param>
internal sealed record BatchAnswer(string Id, int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The request's group; null for one alone.</summary>
    public string? Group { get; init; }
}
