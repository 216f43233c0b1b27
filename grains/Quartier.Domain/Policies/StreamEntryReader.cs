using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Payloads;
using Quartier.Domain.Registry;

namespace Quartier.Domain.Policies;

/// <summary>Reads a stream entry. There is no key by which a stream about single persons could be declared, and a name that says so is refused.</summary>
internal sealed class StreamEntryReader(EntryLists lists, ProblemList problems)
{
    public static readonly string[] Keys =
        ["id", "match", "class", "purposes", "operator", "office", "answers", "retention", "countsPeople", "override"];

    public static readonly string[] AnswerKeys = ["collected", "use", "access", "passedOn"];

    public const int MaxPatterns = 200;

    public StreamPolicy Read(Section stream)
    {
        var id = stream.OptionalText("id") ?? "";
        if (IdentifyingNames.Find(id) is { } what)
        {
            stream.Problem("id", IdentifyingNames.Refusal(id, what));
        }

        return new StreamPolicy(
            id,
            ReadMatch(stream),
            stream.Choice<DataClass>(
                "class", null, ("public", DataClass.Public), ("internal", DataClass.Internal), ("sensitive", DataClass.Sensitive)),
            lists.Ids(stream, "purposes", 1, EntryLists.MaxPurposes),
            stream.Text("operator"),
            stream.Id("office"),
            ReadAnswers(stream),
            new RetentionReader(problems).Read(stream),
            stream.Flag("countsPeople"),
            stream.Flag("override"));
    }

    private ImmutableArray<string> ReadMatch(Section stream)
    {
        var patterns = lists.Texts(stream, "match", 1, MaxPatterns);
        foreach (var pattern in patterns)
        {
            if (!StreamPattern.TryParse(pattern.Text, out _))
            {
                problems.Add(
                    pattern, $"'{pattern.Text}' is no pattern gateway/sensor/property: three levels of letters, digits, '-', '_' and '*', such as promenade/*/total");
            }
            else if (IdentifyingNames.Find(pattern.Text[(pattern.Text.LastIndexOf('/') + 1)..]) is { } what)
            {
                problems.Add(pattern, IdentifyingNames.Refusal(pattern.Text, what));
            }
        }

        return [.. patterns.Select(p => p.Text)];
    }

    private StreamAnswers ReadAnswers(Section stream)
    {
        if (stream.Find("answers") is not { } node)
        {
            stream.Problem("answers", "a stream entry needs 'answers' with collected, use, access and passedOn: the four questions that every stream owes");
            return new StreamAnswers("", "", "", "");
        }

        var answers = new Section(node, "'answers'", AnswerKeys, problems);
        return new StreamAnswers(answers.Text("collected"), answers.Text("use"), answers.Text("access"), answers.Text("passedOn"));
    }
}
