namespace Quartier.Api.Native.Sensors;

/// <summary>A page of sensors; <c>next</c> is the value for <c>after</c>, or null on the last page.</summary>
internal sealed record SensorPage(SensorItem[] Items, string? Next);
