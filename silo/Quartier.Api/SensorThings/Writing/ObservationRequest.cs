using Quartier.Api.Http;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>What is wanted of one Observation.</summary>
/// <param name="Caller">By whom, and for which purpose they read it.</param>
/// <param name="Path">Leads to it.</param>
/// <param name="IfVersion">Only when it has this version.</param>
/// <param name="Edit">What it makes of the Observation as it is seen.</param>
/// <param name="Told">Head of the answer, in which stands on what it rests.</param>
internal sealed record ObservationRequest(
    Caller Caller, ResourcePath Path, WrittenVersion IfVersion, Func<SeenObservation, Outcome<ObservationEdit>> Edit, IHeaderDictionary Told);
