using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Of which Observations values are remembered while a question is answered.</summary>
/// <param name="Question">Its number.</param>
/// <param name="Side">The place of the path.</param>
/// <param name="Kind">Of the source.</param>
/// <param name="Source">Its id.</param>
/// <param name="Feature">Of which alone they tell, or null.</param>
/// <param name="Parts">What else the condition's terms hang on.</param>
internal sealed record SeenKey(int Question, int Side, EntityKind Kind, long Source, long? Feature, ValueRow Parts);
