namespace Quartier.Storage.SensorThings;

/// <summary>Which entities a statement is about, so that what only readings can answer is asked about no others.</summary>
/// <param name="Name">Tells its kind of entities from others of the same answers.</param>
/// <param name="Answers">What is answered already.</param>
/// <param name="From">Appends what stands after FROM, with the entities' alias.</param>
/// <param name="Where">Appends what stands after WHERE: conditions that the database can answer alone.</param>
internal sealed record QuestionScope(string Name, ReadingAnswers Answers, Action<SqlText> From, Action<SqlText> Where);
