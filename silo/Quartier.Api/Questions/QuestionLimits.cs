namespace Quartier.Api.Questions;

/// <summary>How many dear requests may be open at once. What a request costs is counted in readings that are looked at.</summary>
/// <param name="Free">
/// What a request may cost without taking a place: thousands of readings, hundreds of Datastreams, some milliseconds of one core. Pages, expands and the
/// charts of a day stay below it.
/// </param>
/// <param name="Caller">Places of one account, or of one address without an account.</param>
/// <param name="Public">Places of all who ask without an account: fewer than all, so that many addresses cannot take those of accounts.</param>
/// <param name="All">Places altogether: some for each core of a city, each at most ten seconds in the store.</param>
public sealed record QuestionLimits(long Free, int Caller, int Public, int All)
{
    /// <summary>What holds unless the operator says otherwise.</summary>
    public static QuestionLimits Default { get; } = new(20_000, 3, 6, 10);

    /// <summary>
    /// Requests a second of one address without an account, whatever they cost; 0 for no limit. Pages and maps of several people behind one address stay below
    /// it, and a tenth of a core answers as many.
    /// </summary>
    public int PublicRate { get; init; } = 100;

    /// <summary>
    /// Requests a second of one account, whatever they cost; 0 for no limit. What is written to the SensorThings API counts a tenth. A city system that asks for
    /// each of a thousand sensors by itself every second stays below it, and some tenths of a core answer as many.
    /// </summary>
    public int AccountRate { get; init; } = 1_000;
}
