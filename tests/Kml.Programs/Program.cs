using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using Kml.KmodGen.Bodies;
using Kml.Programs;
using Kml.Programs.Trial;

// C# methods drawn at random, each run by .NET and, as the C that it becomes, under four flavours of compilers and flags.
const string Use = """
    usage: Kml.Programs COUNT SEED [RECORD]   so many programs, from a seed on; a row for each 50,000 is added to the file RECORD
           Kml.Programs again FILE            what was found, again
    """;
const string Found = "artifacts/programs";
const int MostShrunk = 8;
const int SeedsARow = 250;

switch (args)
{
    case ["again", string path]:
        return Again(path);
    case [string count, string seed, .. { Length: <= 1 } record]
        when int.TryParse(count, CultureInfo.InvariantCulture, out int programs) && int.TryParse(seed, CultureInfo.InvariantCulture, out int first):
        return Run(programs, first, record.FirstOrDefault());
    default:
        Console.Error.WriteLine(Use);
        return 2;
}

static int Again(string path)
{
    var outcomes = FoundProgram.Outcomes(FoundFile.Read(path), Flavour.All, c => c);
    foreach ((string line, _) in outcomes)
        Console.WriteLine(line);
    int failed = outcomes.Count(o => !o.IsSame);
    Console.WriteLine($"{outcomes.Count - failed} passed, {failed} failed");
    return failed == 0 ? 0 : 1;
}

static int Run(int programs, int first, string? record)
{
    int seeds = (programs + ProgramSet.Programs - 1) / ProgramSet.Programs;
    Console.WriteLine($"{seeds * ProgramSet.Programs} programs of seeds {first} to {first + seeds - 1}; {string.Join(", ", Flavour.All.Select(f => f.Name))}");
    Stopwatch clock = Stopwatch.StartNew();
    TimeSpan said = TimeSpan.Zero;
    Tally tally = new();
    for (int done = 0; done < seeds; done += SeedsARow)
    {
        // What was recorded stays where a run is ended before its time: SEED= goes on behind it.
        int now = Math.Min(SeedsARow, seeds - done);
        int shown = 0;
        Tally row = Campaign.Run(first + done, now, part =>
        {
            foreach (Difference difference in part.Differences.Skip(shown))
                Console.WriteLine(difference);
            shown = part.Differences.Count;
            if (clock.Elapsed - said < TimeSpan.FromSeconds(10))
                return;
            said = clock.Elapsed;
            int sofar = tally.Programs + part.Programs;
            double share = 100.0 * sofar / (seeds * ProgramSet.Programs);
            Console.WriteLine(FormattableString.Invariant(
                $"[{said:hh\\:mm\\:ss}] {share,5:F1} %, {sofar / said.TotalSeconds:F0} programs a second, {tally.Failed + part.Failed} differ"));
        });
        tally.Add(row);
        if (record is not null)
            Record.Append(record, first + done, now, row);
    }

    Say(tally);
    Console.WriteLine($"{tally.Programs - tally.Differences.Select(f => f.Program).Distinct().Count()} passed, {tally.Failed} failed");
    return tally.Failed == 0 ? 0 : 1;
}

static void Say(Tally tally)
{
    int[] faults = [.. tally.Runs.Keys.Select(k => k.Fault).Distinct().Order()];
    Console.WriteLine($"{"",-10}{string.Concat(faults.Select(f => $"{Faults.Name(f),12}"))}");
    foreach (IGrouping<BodyRole, int> role in tally.Runs.Keys.GroupBy(k => k.Role, k => k.Fault).OrderBy(g => g.Key))
        Console.WriteLine($"{role.Key,-10}{string.Concat(faults.Select(f => $"{tally.Runs.GetValueOrDefault((role.Key, f)),12}"))}");
    Console.WriteLine($"{tally.Inputs} inputs");
    foreach (string refused in tally.Refused)
        Console.WriteLine(refused);
    foreach (Difference difference in tally.Differences.DistinctBy(f => f.Program).Take(MostShrunk))
    {
        Console.WriteLine(difference);
        Console.WriteLine($"  {FoundProgram.Write(difference, FoundProgram.Shrunk(difference), Found)}");
    }
}
