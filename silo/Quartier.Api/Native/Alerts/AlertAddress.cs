namespace Quartier.Api.Native.Alerts;

/// <summary>Names an alert in a route.</summary>
internal sealed record AlertAddress(string City, string District, string Id);
