using System.Text.Json;
using Quartier.Api.Http;
using Quartier.Api.Json;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>Carries out the requests of a batch in their order; those of a group together or not at all.</summary>
internal sealed class BatchRun(InnerRequests inner, BatchGroup groups)
{
    public async Task<List<BatchAnswer>> RunAsync(HttpContext context, List<BatchItem> items, CancellationToken cancellationToken)
    {
        var (answers, references) = (new List<BatchAnswer>(), new BatchReferences());
        var failed = new HashSet<string>(StringComparer.Ordinal);
        var bytes = 0L;
        for (var i = 0; i < items.Count;)
        {
            var group = items[i].Group;
            var count = group is null ? 1 : items.Skip(i).TakeWhile(item => item.Group == group).Count();
            var part = items.GetRange(i, count);
            var problem = Refuse(part, failed, bytes);
            var answered = problem is not null ? part.ConvertAll(item => Answer(item, problem))
                : group is null ? [await SendAsync(context, part[0], references).ConfigureAwait(false)]
                : await groups.RunAsync(context, part, references, cancellationToken).ConfigureAwait(false);
            foreach (var answer in answered)
            {
                Note(answer, group, failed);
                Refer(answer, references);
                bytes += answer.Body.Length;
            }

            answers.AddRange(answered);
            i += count;
        }

        return answers;
    }

    /// <summary>The answer that says what stands against a request.</summary>
    public static BatchAnswer Answer(BatchItem item, ApiProblem problem)
    {
        var body = problem.Body with { Code = problem.Body.Status, Message = problem.Body.Detail };
        return new(
            item.Id,
            body.Status,
            [KeyValuePair.Create("Content-Type", ApiProblem.ContentType)],
            JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Api.ProblemBody))
        { Group = item.Group };
    }

    /// <summary>What another request's failure brings with it.</summary>
    public static ApiProblem Dependency(string detail) =>
        Problems.Create(StatusCodes.Status424FailedDependency, "failed-dependency", "Another request of the batch failed", detail);

    private static ApiProblem? Refuse(List<BatchItem> part, HashSet<string> failed, long bytes)
    {
        var missed = part.SelectMany(item => item.DependsOn).FirstOrDefault(failed.Contains);
        return missed is not null ? Dependency($"It depends on '{Problems.Quote(missed)}', which was not carried out.")
            : bytes > BatchLimits.MaxAnswerBytes ? Problems.TooLarge(BatchLimits.MaxAnswerBytes)
            : null;
    }

    private static void Note(BatchAnswer answer, string? group, HashSet<string> failed)
    {
        if (answer.Status >= StatusCodes.Status400BadRequest)
        {
            failed.Add(answer.Id);
            failed.Add(group ?? answer.Id);
        }
    }

    /// <summary>What was created can be named by later requests; an Observation of a change set once that is carried out.</summary>
    private static void Refer(BatchAnswer answer, BatchReferences references)
    {
        var location = answer.Headers.FirstOrDefault(h => h.Key == "Location").Value;
        if (answer.Status == StatusCodes.Status201Created && location is not null)
        {
            references.Add(answer.Id, location);
        }
    }

    private async Task<BatchAnswer> SendAsync(HttpContext context, BatchItem item, BatchReferences references)
    {
        if (references.Path(item.Url) is not { } path)
        {
            return Answer(item, Dependency($"'{Problems.Quote(item.Url)}' names nothing that this batch has created before."));
        }

        if (path.StartsWith("$batch", StringComparison.Ordinal))
        {
            return Answer(item, WriteProblems.Bad("A batch holds no batch."));
        }

        return await inner.SendAsync(context, item with { Body = references.Body(item.Body) }, $"/v1.1/{path}").ConfigureAwait(false);
    }
}
