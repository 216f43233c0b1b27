using Quartier.Api.Json;

namespace Quartier.Api.Native.Books;

/// <summary>What was refused before it reached a sensor.</summary>
internal sealed record StrangerItem(string Gateway, string Sensor, string Reason, long Count, UtcTime First, UtcTime Last, string Detail);
