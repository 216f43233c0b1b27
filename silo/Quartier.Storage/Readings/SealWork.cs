using Quartier.Contracts.Readings;
using Quartier.Storage.Annotations;
using Quartier.Storage.Journals;

namespace Quartier.Storage.Readings;

/// <summary>An open block's readings on their way into a partition, with what rests beside them.</summary>
internal readonly record struct SealWork(
    Datastream Datastream, OpenBlock Block, Reading[] Readings, AnnotationRow[] Annotations, AnnotationRow[] Corrections, SealedUpTo UpTo);
