using Quartier.Contracts.Readings;

namespace Quartier.Storage.Tests.Annotations;

/// <summary>All that a store says of one time: what was received, what holds, and what its Observation holds beside it.</summary>
internal readonly record struct StoredObservation(Reading Received, Reading? Shown, StoredAnnotation? Annotation);
