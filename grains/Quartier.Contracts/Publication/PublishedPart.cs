namespace Quartier.Contracts.Publication;

/// <summary>What was published of one closed day or month of a stream.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="Stream">The stream entry and the property: <c>bicycles/total</c>.</param>
/// <param name="StartMs">Start of the day or month, inclusive, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="EndMs">Its end, exclusive.</param>
/// <param name="Body">The cells, as whoever publishes wrote them.</param>
public sealed record PublishedPart(string City, string Stream, long StartMs, long EndMs, ReadOnlyMemory<byte> Body);
