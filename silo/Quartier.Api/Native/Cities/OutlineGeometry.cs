namespace Quartier.Api.Native.Cities;

/// <summary>A GeoJSON Polygon: rings of positions, longitude first.</summary>
internal sealed record OutlineGeometry(string Type, double[][][] Coordinates);
