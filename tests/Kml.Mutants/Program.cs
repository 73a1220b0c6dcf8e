using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Kml.Mutants;
using Kml.Mutants.Bodies;
using Kml.Mutants.Headers;

// What the suite would say of every small change to the arithmetic headers, and to what the printer of bodies writes.
const double Goal = 0.95;

string wanted = args.Length > 0 ? args[0] : "";
void Say(string line) => Console.WriteLine($"[{DateTime.Now:HH:mm:ss}] {line}");

List<Verdict> verdicts = [.. HeaderRun.All(wanted, Say), .. BodyRun.All(wanted, Say)];
Survivors survivors = new(Path.Combine(AppContext.BaseDirectory, "survivors.tsv"));

Console.WriteLine($"{"where",-8} {"rule",-34} {"mutants",8} {"killed",8}");
foreach (IGrouping<(string Area, string Rule), Verdict> row in verdicts.GroupBy(v => (v.Area, v.Rule)))
    Console.WriteLine($"{row.Key.Area,-8} {row.Key.Rule,-34} {row.Count(),8} {row.Count(v => v.Killed is not null),8}");

Verdict[] living = [.. verdicts.Where(v => v.Killed is null).OrderBy(v => v.Id, StringComparer.Ordinal)];
string[] unknown = [.. living.Where(v => survivors.Reason(v.Id) is null).Select(v => v.Id)];
string[] stale = wanted.Length > 0 ? [] : [.. survivors.Stale(verdicts)];
Console.WriteLine("survivors:");
foreach (Verdict verdict in living)
    Console.WriteLine($"  {verdict.Id}: {survivors.Reason(verdict.Id) ?? "NO REASON KNOWN"}");
foreach (string line in stale)
    Console.WriteLine($"survivors.tsv is not current: {line}");

int killed = verdicts.Count - living.Length;
int refused = verdicts.Count(v => v.Killed == Verdict.Refused);
double score = (double)killed / verdicts.Count;
Console.WriteLine(FormattableString.Invariant(
    $"{verdicts.Count} mutants, {killed} killed ({refused} by the compiler), {living.Length} live ({unknown.Length} for no known reason): {100 * score:F1} %"));
return score >= Goal && stale.Length == 0 && unknown.Length == 0 ? 0 : 1;
