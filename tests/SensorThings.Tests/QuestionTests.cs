using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Quartier.Api.Questions;

namespace SensorThings.Tests;

/// <summary>Dear questions beside each other, over a whole silo: what takes a place, who has none left, and that it is given back.</summary>
public sealed class QuestionTests
{
    private static readonly QuestionCaller Here = new("127.0.0.1", IsPublic: true);

    [Fact]
    public async Task Dear_questions_of_one_caller_are_refused_while_his_places_are_taken_and_cheap_ones_never()
    {
        await using var city = new StaCity { Questions = new(60, 1, 2, 2) };
        await city.InitializeAsync();
        var places = city.Silo.Services.GetRequiredService<QuestionPlaces>();
        var id = await city.Operator.StreamAsync("rad-2/total");
        var one = (await city.Operator.ValuesAsync($"Datastreams({id})/Observations?$top=1"))[0].Id();
        string[] dear =
        [
            "Things?$filter=Datastreams/Observations/result gt 140", "Things?$expand=Datastreams($filter=Observations/result gt 140)",
            "Datastreams?$orderby=phenomenonTime", "Datastreams", "Observations", $"Datastreams({id})/Observations?$count=true", $"Datastreams({id})/Observations/$count",
            $"Datastreams({id})/Observations?$orderby=result", "Things?$expand=Datastreams($expand=Observations)", "Observations?$filter=result gt 5 and Datastream/phenomenonTime ne null",
        ];
        foreach (var path in dear)
        {
            await TakeAsync(places);
            var problem = await city.Public.GetAsync(path, 429);
            Assert.Equal("urn:quartier:problem:too-many-questions", problem["type"]!.GetValue<string>());
            Assert.Contains("1 at a time are answered for one caller, and 127.0.0.1", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
            await city.Operator.JsonAsync(path.Contains("/$count", StringComparison.Ordinal) ? "Things" : path);
            places.GiveBack(Here);
            Assert.Equal(HttpStatusCode.OK, (await city.Public.TextAsync(path)).Status);
        }

        await TakeAsync(places);
        foreach (var cheap in new[] { "", "Things", "Things?$filter=name ne 'x'&$expand=Locations", $"Observations({one})", "Datastreams?$select=name" })
        {
            await city.Public.JsonAsync(cheap);
        }

        places.GiveBack(Here);
    }

    [Fact]
    public async Task Batch_is_no_way_around_and_its_parts_give_their_places_back()
    {
        await using var city = new StaCity { Questions = new(60, 1, 2, 2) };
        await city.InitializeAsync();
        var places = city.Silo.Services.GetRequiredService<QuestionPlaces>();
        const string parts = """
            {"requests":[{"id":"a","method":"get","url":"Observations?$orderby=result"},{"id":"b","method":"get","url":"Datastreams?$orderby=phenomenonTime"},
            {"id":"c","method":"get","url":"Things?$top=1"}]}
            """;
        Assert.Equal("200 200 200", await BatchAsync(city, parts));
        await TakeAsync(places);
        Assert.Equal("429 429 200", await BatchAsync(city, parts));
        places.GiveBack(Here);
        Assert.Equal("200 200 200", await BatchAsync(city, parts));
    }

    /// <summary>A place is given back right after the answer is sent, which is not before it is read.</summary>
    private static async Task TakeAsync(QuestionPlaces places)
    {
        while (places.Take(Here) != QuestionLimit.None)
        {
            StaCity.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task<string> BatchAsync(StaCity city, string parts)
    {
        using var body = new StringContent(parts, Encoding.UTF8, "application/json");
        using var answer = await city.Public.PostAsync(new Uri("$batch", UriKind.Relative), body, StaCity.Token);
        var text = await answer.Content.ReadAsStringAsync(StaCity.Token);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return string.Join(' ', JsonNode.Parse(text)!["responses"]!.AsArray().Select(r => r!["status"]!.GetValue<int>()));
    }
}
