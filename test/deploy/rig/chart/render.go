// Renders a Helm chart's templates with what Helm itself renders them with: Go's text/template, Sprig, and the few functions that
// Helm adds. Reads {"folder", "values", "release", "namespace"} as JSON, with values already merged; writes {file: text}.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"gopkg.in/yaml.v2"
)

type input struct {
	Folder, Release, Namespace string
	Values, Chart              map[string]interface{}
}

func main() {
	var in input
	check(json.NewDecoder(os.Stdin).Decode(&in))
	root := template.New("chart").Option("missingkey=zero")
	functions := sprig.TxtFuncMap()
	functions["include"] = func(name string, data interface{}) (string, error) {
		var text strings.Builder
		err := root.ExecuteTemplate(&text, name, data)
		return text.String(), err
	}
	functions["toYaml"] = func(value interface{}) (string, error) {
		text, err := yaml.Marshal(value)
		return strings.TrimSuffix(string(text), "\n"), err
	}
	functions["fail"] = func(message string) (string, error) { return "", fmt.Errorf(message) }
	root.Funcs(functions)
	files, err := filepath.Glob(filepath.Join(in.Folder, "templates", "*"))
	check(err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		check(err)
		_, err = root.New(filepath.Base(file)).Parse(string(text))
		check(err)
	}
	data := map[string]interface{}{
		"Values":  in.Values,
		"Chart":   in.Chart,
		"Release": map[string]interface{}{"Name": in.Release, "Namespace": in.Namespace, "Service": "Helm"},
	}
	rendered := map[string]string{}
	for _, file := range files {
		name := filepath.Base(file)
		if strings.HasPrefix(name, "_") {
			continue
		}
		var text strings.Builder
		check(root.ExecuteTemplate(&text, name, data))
		rendered[name] = text.String()
	}
	check(json.NewEncoder(os.Stdout).Encode(rendered))
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
