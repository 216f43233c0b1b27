namespace Quartier.Api.Native.Sensors;

/// <summary>What is registered about a sensor.</summary>
internal abstract record SensorHead(
    string Gateway, string Id, string Name, string District, string Office, string? Asset, double[]? Location);
