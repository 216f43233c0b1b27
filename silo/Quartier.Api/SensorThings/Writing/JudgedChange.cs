using Quartier.Contracts.Sensors;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>A change of an Observation against which nothing stands.</summary>
/// <param name="Target">The Observation's stream.</param>
/// <param name="Id">The Observation's id.</param>
/// <param name="TimeMs">The Observation's phenomenon time, or its start.</param>
/// <param name="Correction">What is to be laid over its readings; null when all of it holds already.</param>
/// <param name="What">What happens to it, for the ledger: never a value.</param>
internal sealed record JudgedChange(StreamTarget Target, long Id, long TimeMs, ObservationCorrection? Correction, string What);
