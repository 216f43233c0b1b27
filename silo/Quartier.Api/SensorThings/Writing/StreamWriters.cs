using Quartier.Contracts.Principals;
using Quartier.Contracts.Registry;
using Quartier.Domain.Registry;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>Who sends Observations of a stream beside those who may change the registry.</summary>
internal static class StreamWriters
{
    /// <summary>An operator of the sensor's office may where the API has registered it. A real gateway speaks for itself.</summary>
    public static bool Allows(Principal principal, string city, SensorDefinition sensor) =>
        sensor.Gateway == RegistryDoors.Gateway && principal.Kind == PrincipalKind.Person && principal.Has(Role.Operator)
        && principal.Offices.Contains(sensor.Office) && (principal.City is null || principal.City == city);
}
