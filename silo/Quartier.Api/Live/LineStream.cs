namespace Quartier.Api.Live;

/// <summary>A datastream that stands behind a subject.</summary>
/// <param name="District">Id of the district that decides.</param>
/// <param name="Sensor">The sensor as <c>gateway/sensor</c>.</param>
/// <param name="Name">As <c>gateway/sensor/property</c>.</param>
internal readonly record struct LineStream(string District, string Sensor, string Name);
