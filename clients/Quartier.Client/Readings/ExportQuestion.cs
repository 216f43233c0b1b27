namespace Quartier.Client.Readings;

/// <summary>What is to be exported.</summary>
/// <param name="Streams">Datastreams as <c>gateway/sensor/property</c>; 1 … 100.</param>
/// <param name="From">First instant; null for a default length before the end.</param>
/// <param name="To">First instant after it; null for the newest reading.</param>
/// <param name="Window"><c>PT1M</c>, <c>PT15M</c>, <c>PT1H</c>, <c>P1D</c>, <c>P1W</c>, <c>P1M</c>; null for single readings.</param>
/// <param name="Format"><c>csv</c> or <c>json</c>.</param>
/// <param name="Purpose">Id of the purpose; null when none is stated.</param>
public sealed record ExportQuestion(
    IReadOnlyList<string> Streams, DateTimeOffset? From, DateTimeOffset? To, string? Window, string Format, string? Purpose);
