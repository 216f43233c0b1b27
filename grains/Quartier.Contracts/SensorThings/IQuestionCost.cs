namespace Quartier.Contracts.SensorThings;

/// <summary>
/// The port by which whoever answers a question says what it costs before it does the work, so that dear questions of one caller can be bounded beside
/// each other. The measure is one reading that is looked at; other work counts as the readings that could be looked at meanwhile.
/// </summary>
public interface IQuestionCost
{
    /// <summary>Adds to what the question has cost; false when it may not go on. Once false, it stays so.</summary>
    /// <param name="readings">At least 0.</param>
    bool TrySpend(long readings);
}
