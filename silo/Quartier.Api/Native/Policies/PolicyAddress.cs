namespace Quartier.Api.Native.Policies;

/// <summary>Names a version of a policy document, together with the parameter <c>district</c>.</summary>
internal sealed record PolicyAddress(string City, string Version);
