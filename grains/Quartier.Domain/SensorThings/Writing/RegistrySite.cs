using Quartier.Contracts.Registry;

namespace Quartier.Domain.SensorThings.Writing;

/// <summary>Where a stream's sensor is registered.</summary>
/// <param name="District">Id of the district.</param>
/// <param name="Office">Id of the responsible office.</param>
/// <param name="Asset">Id of the asset on which it is mounted; null for a station.</param>
/// <param name="At">A station's position; null when it is its asset's.</param>
public sealed record RegistrySite(string District, string Office, string? Asset, Location? At);
