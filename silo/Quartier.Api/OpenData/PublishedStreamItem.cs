namespace Quartier.Api.OpenData;

/// <summary>A stream that the city's policies name.</summary>
internal sealed record PublishedStreamItem(string Stream, string Property, string Unit, int Sensors, PublicationRulesItem Rules);
